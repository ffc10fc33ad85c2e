package dev.sallyport.gateway.tls.client;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** From when until when a certificate is good. */
public record Validity(Instant begin, Instant end) {
    private static final Duration SOON = Duration.ofDays(14);

    /** That of a certificate. */
    public static Validity of(X509Certificate certificate) {
        return new Validity(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Whether it should have been replaced by now: two weeks before its end, or with a third of a shorter life left. */
    public boolean endsSoon(Instant now) {
        Duration third = Duration.between(begin, end).dividedBy(3);
        Duration before = third.compareTo(SOON) < 0 ? third : SOON;
        return now.isAfter(end.minus(before));
    }
}
