// The description made readable by Swagger UI, which the page loads before this.
globalThis.SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger-ui',
  docExpansion: 'list',
  deepLinking: true,
  validatorUrl: null,
})
