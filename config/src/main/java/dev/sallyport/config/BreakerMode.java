package dev.sallyport.config;

/** Whether calls are refused while the provider fails. */
public enum BreakerMode {
    /** The provider is asked whatever it did before. */
    OFF,
    /** For a while after it failed too often, it is not asked. */
    ENFORCE
}
