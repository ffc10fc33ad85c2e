package dev.sallyport.tools.openapi.document;

/**
 * A document on its way to a pack.
 *
 * @param notes what the pack does not say as the document does; added to
 */
public record Source(OpenApiDocument document, Notes notes, ImportOptions options) {}
