package dev.sallyport.sandbox.directory;

import dev.sallyport.sandbox.reply.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All users and members that the sandbox knows. The trees inside are shared by all replies and must not be changed. */
public record Directory(
        List<Project> projects,
        List<User> users,
        List<Organization> organizations,
        List<Member> members,
        Map<Product, RolePolicy> policies) {
    public Directory {
        projects = List.copyOf(projects);
        users = List.copyOf(users);
        organizations = List.copyOf(organizations);
        members = List.copyOf(members);
        policies = Map.copyOf(policies);
    }

    /** Reads the directory that is built in. */
    public static Directory wellKnown() {
        JsonNode root = resource();
        return new Directory(
                each(root, "projects", Directory::project),
                each(root, "users", User::new),
                each(root, "organizations", Organization::new),
                each(root, "members", Member::new),
                Map.of(
                        Product.CONSUMER, new RolePolicy(root.at("/policies/consumer")),
                        Product.B2B, new RolePolicy(root.at("/policies/b2b"))));
    }

    /** Returns which roles may do what in a product's projects. */
    public RolePolicy policy(Product product) {
        return Objects.requireNonNull(policies.get(product));
    }

    /** Returns which roles may do what in an organization: those of every one, and its own. */
    public RolePolicy policy(Organization organization) {
        return policy(Product.B2B).with(organization.roles());
    }

    public Optional<Project> project(String id) {
        return projects.stream().filter(project -> project.id().equals(id)).findFirst();
    }

    public Optional<User> userByEmail(String address) {
        return users.stream().filter(user -> user.hasEmail(address)).findFirst();
    }

    /** Finds a user by id or external id. */
    public Optional<User> user(String name) {
        return users.stream().filter(user -> user.answersTo(name)).findFirst();
    }

    /** Finds an organization by id, slug or external id. */
    public Optional<Organization> organization(String name) {
        return organizations.stream()
                .filter(organization -> organization.answersTo(name))
                .findFirst();
    }

    public Optional<Member> memberByEmail(Organization organization, String address) {
        return members.stream()
                .filter(member -> member.organizationId().equals(organization.id()))
                .filter(member -> member.email().equalsIgnoreCase(address))
                .findFirst();
    }

    /** Finds a member of the organization by id or external id. */
    public Optional<Member> member(Organization organization, String name) {
        return members.stream()
                .filter(member -> member.organizationId().equals(organization.id()))
                .filter(member -> member.answersTo(name))
                .findFirst();
    }

    /** Finds a member by id or external id; of several with the same external id, the first. */
    public Optional<Member> memberCalled(String name) {
        return members.stream().filter(member -> member.answersTo(name)).findFirst();
    }

    public Optional<Member> member(String id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    private static Project project(ObjectNode node) {
        return new Project(
                node.path("project_id").asString(),
                node.path("name").asString(),
                node.path("secret").asString(),
                Product.valueOf(node.path("product").asString().toUpperCase(Locale.ROOT)));
    }

    private static <T> List<T> each(JsonNode root, String name, Function<ObjectNode, T> read) {
        return root.path(name).values().stream()
                .map(ObjectNode.class::cast)
                .map(read)
                .toList();
    }

    private static JsonNode resource() {
        try (InputStream in = Objects.requireNonNull(Directory.class.getResourceAsStream("/sandbox/directory.json"))) {
            return Json.parse(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
