package dev.sallyport.sandbox.session;

import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.directory.User;
import java.util.List;
import java.util.Optional;

/** Whose session it is: a user, or a member within an organization. */
public sealed interface Subject {
    String id();

    List<String> roles();

    Optional<Organization> organization();

    /** A subject of a consumer project. */
    record OfUser(User user) implements Subject {
        @Override
        public String id() {
            return user.id();
        }

        @Override
        public List<String> roles() {
            return user.roles();
        }

        @Override
        public Optional<Organization> organization() {
            return Optional.empty();
        }
    }

    /** A subject of a B2B project. */
    record OfMember(Member member, Organization home) implements Subject {
        @Override
        public String id() {
            return member.id();
        }

        @Override
        public List<String> roles() {
            return member.roles();
        }

        @Override
        public Optional<Organization> organization() {
            return Optional.of(home);
        }
    }
}
