package dev.sallyport.sandbox;

import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.IntermediateSessions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Begins logins that have not chosen an organization: a discovery by magic link. */
record WellKnownLogins(IntermediateSessions intermediate, Clock clock) {
    /** Returns the token of one who has also typed a passcode sent by SMS, if that is wanted. */
    String begin(boolean withPasscode) {
        Factor link =
                Factor.magicLink("email-test-33333333-3333-4333-8333-333333333333", Fixtures.EMAIL, clock.instant());
        Factor code = Factor.smsCode(
                "phone-number-test-33333333-3333-4333-8333-333333333333", "+12025550123", clock.instant());
        List<Factor> factors = Stream.of(link, code).limit(withPasscode ? 2 : 1).toList();
        return intermediate.begin(Fixtures.B2B_PROJECT_ID, Fixtures.EMAIL, factors, Optional.empty());
    }
}
