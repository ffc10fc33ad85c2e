package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Subject;
import java.util.List;

/** What becomes of a session in another organization: a pure decision from its factors and the organization's rules. */
public enum ExchangeOutcome {
    COMPLETE,
    MFA_DUE,
    PRIMARY_DUE;

    /** Returns the outcome; refuses a session of which nothing can be carried over. */
    public static ExchangeOutcome of(List<Factor> factors, Subject.OfMember target) {
        List<Factor> carried = factors.stream().filter(Factor::carriesOver).toList();
        if (carried.isEmpty()) {
            throw Refusal.of(ErrorType.INSUFFICIENT_FACTORS_FOR_SESSION_EXCHANGE);
        }
        if (carried.stream().noneMatch(factor -> isAccepted(factor, target.home()))) {
            return PRIMARY_DUE;
        }
        return mfaIsDue(factors, target) ? MFA_DUE : COMPLETE;
    }

    public static boolean mfaIsDue(List<Factor> factors, Subject.OfMember target) {
        Member member = target.member();
        boolean needed = target.home().requiresMfa() || member.isEnrolledInMfa();
        return needed && factors.stream().noneMatch(Factor::isSecondary);
    }

    private static boolean isAccepted(Factor factor, Organization organization) {
        return !organization.restrictsAuthMethods()
                || organization.allowedAuthMethods().contains(factor.authMethod());
    }
}
