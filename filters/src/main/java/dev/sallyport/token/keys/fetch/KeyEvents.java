package dev.sallyport.token.keys.fetch;

import dev.sallyport.call.CallSpan;
import dev.sallyport.token.keys.KeyFlaw;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;

/** Hears what became of key fetches; metrics and logs. Must not block. */
public interface KeyEvents {
    /** A fetch begins that no call asked for; its span, which ends with it. */
    default CallSpan fetching(Issuer issuer) {
        return CallSpan.NONE;
    }

    /** Fresh keys are in use. */
    void refreshed(Issuer issuer, KeySet keys);

    /**
     * Of a set in use, some keys are not used. Told when it was not so of the set before.
     *
     * @param keys how many
     */
    void ignored(Issuer issuer, KeyFlaw why, int keys);

    /**
     * A fetch brought nothing; the last good set, if there is one, goes on serving.
     *
     * @param held whether there is one
     */
    void failed(Issuer issuer, FetchFailed why, boolean held);

    /** What became of a call whose key id was unknown. */
    void askedFor(Issuer issuer, Unknown outcome);

    /** What may become of an unknown key id. */
    enum Unknown {
        /** Newer keys have it. */
        FOUND,
        /** The provider was asked, and does not publish it. */
        NOT_FOUND,
        /** The provider was not asked: too often lately, too many are waiting, or it does not answer. */
        NOT_ASKED
    }
}
