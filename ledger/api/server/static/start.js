// The page may load nothing from elsewhere, so neither does it ask Swagger's validator.
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: document.getElementById("swagger-ui").dataset.document,
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
    docExpansion: "none",
    displayOperationId: true,
  });
});
