package dev.sallyport.config.concurrency;

/** Which calls are refused first when not all can be served. */
public enum Priority {
    LOW(0),
    NORMAL(1),
    HIGH(2);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /** How many priorities are refused before. */
    public int rank() {
        return rank;
    }
}
