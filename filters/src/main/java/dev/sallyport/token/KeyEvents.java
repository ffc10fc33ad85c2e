package dev.sallyport.token;

import dev.sallyport.token.KeySource.Issuer;

/** Hears what became of key fetches; metrics and logs. Must not block. */
public interface KeyEvents {
    void refreshed(Issuer issuer, KeySet keys);

    /**
     * A fetch failed; the last good set goes on serving.
     *
     * @param why without anything of the reply
     */
    void failed(Issuer issuer, String why);
}
