package dev.sallyport.config.provider;

/** Whose credentials the provider sees. */
public enum CredentialsMode {
    /** The caller's own, as they come. */
    FORWARD,
    /** The gateway's, which alone has them; callers prove who they are to the gateway. */
    REPLACE
}
