package dev.sallyport.loadtests.load;

import dev.sallyport.loadtests.provider.Replies;

/** Decides when connections send. Touched on their one event loop. */
interface Round {
    /** What may be answered. */
    Replies replies();

    /** A connection was made. */
    void opened(Conversation connection);

    /** The reply to its last call came, and is right. */
    void answered(Conversation connection);

    void fail(String why);
}
