"""Why something cannot be served so, by code; `value` is what was said."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

NOT_SERVED: Mapping[str, Said] = {
    "one-writer": (
        "an embedded ledger has one writer; several workers go with PostgreSQL or --read-only",
        "嵌入式账本只有一个写入进程；多个进程须使用 PostgreSQL 或 --read-only",
    ),
    "no-origin": (
        "{value} is no origin, which is a scheme, a host in lower case and perhaps a port",
        "{value} 不是来源，应写作协议、小写主机名，以及可选的端口",
    ),
    "signs-nothing": ("a server that only reads signs nothing", "只读的服务不签署检查点"),
    "not-at-once": (
        "{value} does not say of an actor how many requests, 1 to 99999; each is named once",
        "{value} 没有写明经办人及其请求数（1 至 99999），每个经办人只填写一次",
    ),
}
