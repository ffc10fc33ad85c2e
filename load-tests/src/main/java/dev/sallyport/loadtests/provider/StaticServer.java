package dev.sallyport.loadtests.provider;

/** Answers every exchange with one of some replies, and the request for keys, as fast as can be. */
interface StaticServer extends AutoCloseable {
    /** Gives these from now on. */
    void show(Replies replies);

    int port();

    /** CPU time that it took until now. */
    long cpuMicros();

    @Override
    void close();
}
