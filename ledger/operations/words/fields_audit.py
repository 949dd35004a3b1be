"""What the fields of the routes for auditors mean, by their names."""

from collections.abc import Mapping

OTHERS = "A volunteer is told of another one only `volunteer`, without an id."

FIELDS: Mapping[str, str] = {
    "adds_up": "Whether the lines of all pages add up to the balance, which is kept apart from them.",
    "adopted": "The position of the fact that put the policy in force.",
    "checkpoint": "The signed note (C2SP tlog-checkpoint): text, to be kept as it is.",
    "facts": "The facts behind it, in the order of the log.",
    "from": "How many events the older tree has.",
    "from_root": "The root of the older tree, in base64.",
    "index": "The event's number from 0: its position less one.",
    "proof": "The hashes of the proof, in base64, in the order of RFC 9162.",
    "receipt": "The proof as a file (C2SP tlog-proof): text, to be kept as it is.",
    "record": "The id of the service record.",
    "root": "The root of the tree, in base64.",
    "signed": "How many events the last checkpoint covers; null where there is none.",
    "size": "How many events the checkpoint covers.",
    "taken_back_by": "The position of the fact that undoes this line; null while none does.",
    "takes_back": "The position of the fact that this line undoes; null where it undoes none.",
    "thing": "The id of the record, redemption, transfer, donation or grant that the line belongs to.",
    "to_root": "The root of the newer tree, in base64.",
    "verifier_key": "The public key as verifiers take it: name+id+base64.",
    "why": "Where these minutes come from: a sentence in the language of the caller.",
}

OTHERWISE: Mapping[tuple[str, str], str] = {
    ("AppliedPolicy", "name"): "The policy's name: a code.",
    ("AppliedPolicy", "version"): "The policy's version.",
    ("Consistency", "to"): "How many events the newer tree has.",
    (
        "ExplainedLine",
        "about",
    ): f"The id of the activity or the offer, or the account on the other side. {OTHERS}",
    ("ExplainedLine", "credit_minutes"): "Credit minutes that came (or, below zero, went) with this line.",
    ("ExplainedLine", "day"): "The day of service, or that on which credits moved.",
    (
        "ExplainedLine",
        "policy",
    ): "The policy that the credits were counted under; null where none is applied.",
    ("ExplainedLine", "reason"): "Why, where the fact says so: a code; null for none.",
    ("ExplainedLine", "service_minutes"): "Service minutes that came (or, below zero, went) with this line.",
    ("ExplanationPage", "credit_minutes"): "Credit minutes that the lines of all pages add up to.",
    ("ExplanationPage", "service_minutes"): "Service minutes that the lines of all pages add up to.",
    ("FactReceipt", "event"): "The fact as it is stored, to the byte: text that holds JSON.",
    ("Head", "size"): "How many events there are.",
    ("Inclusion", "event"): "The event as it is stored, to the byte: text that holds JSON.",
    ("TracedFact", "event"): "The type of the fact.",
    ("TracedFact", "reason"): "Why, where the fact says so: a code; null for none.",
}
