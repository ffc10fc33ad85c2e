package dev.sallyport.sandbox.issuer;

/**
 * Whose tokens are trusted, and where the keys are. The mapping is fixed: {@code email}, {@code jti} as the token's id,
 * {@code organization_id}, {@code external_member_id}, {@code external_user_id}; no user is provisioned just in time.
 */
public record TrustedTokenProfile(String projectId, String id, String issuer, String audience, String jwksUrl) {}
