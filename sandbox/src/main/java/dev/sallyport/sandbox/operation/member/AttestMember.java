package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.issuer.TrustedToken;
import dev.sallyport.sandbox.operation.Attestation;
import dev.sallyport.sandbox.operation.Attestation.Attested;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/b2b/sessions/attest}: a token of another issuer logs a member in, or adds to a session that is
 * there. No user is provisioned just in time.
 */
public final class AttestMember implements Operation {
    private final Directory directory;
    private final Attestation attestation;

    public AttestMember(Directory directory, Attestation attestation) {
        this.directory = directory;
        this.attestation = attestation;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Optional<String> organizationName = call.fields().text("organization_id");
        return attestation.of(call).map(attested -> reply(attested, subject(attested.token(), organizationName)));
    }

    private Reply reply(Attested attested, Subject.OfMember subject) {
        SessionWishes wishes = attested.wishes();
        Optional<Integer> minutes = Optional.of(wishes.minutesOrHour());
        SignedSession signed = attestation.session(attested, subject, minutes).orElseThrow();
        return Reply.json(200, wishes.describeDevice(MemberReply.withSession(subject, signed), "member_device"));
    }

    private Subject.OfMember subject(TrustedToken trusted, Optional<String> organizationName) {
        Organization organization = organization(trusted, organizationName);
        Member member = directory
                .memberByEmail(organization, trusted.email())
                .orElseThrow(() -> Refusal.of(ErrorType.MEMBER_NOT_FOUND));
        if (trusted.externalMemberId()
                .filter(id -> !id.equals(member.externalId()))
                .isPresent()) {
            throw Refusal.of(ErrorType.TRUSTED_TOKEN_PROFILE_INCORRECT_EXTERNAL_ID_MAPPING);
        }
        return new Subject.OfMember(member, organization);
    }

    /** Returns the organization that the token claims, which the request may repeat; else the one that the request names. */
    private Organization organization(TrustedToken trusted, Optional<String> named) {
        if (trusted.organizationId().isEmpty() && named.isEmpty()) {
            throw Refusal.of(ErrorType.TOKEN_MISSING_ORGANIZATION_ID_CLAIM);
        }
        Optional<Organization> asked = named.map(
                name -> directory.organization(name).orElseThrow(() -> Refusal.of(ErrorType.ORGANIZATION_NOT_FOUND)));
        return trusted.organizationId()
                .map(claimed -> directory
                        .organization(claimed)
                        .filter(organization -> asked.stream().allMatch(organization::equals))
                        .orElseThrow(() -> Refusal.of(ErrorType.INVALID_TOKEN_ORGANIZATION_ID_CLAIM)))
                .or(() -> asked)
                .orElseThrow();
    }
}
