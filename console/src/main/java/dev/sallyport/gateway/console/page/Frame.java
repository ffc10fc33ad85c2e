package dev.sallyport.gateway.console.page;

import java.util.List;

/**
 * What surrounds a page.
 *
 * @param path of the page, to mark it in the navigation
 * @param pages to which the navigation leads
 */
public record Frame(String title, String path, String version, List<Link> pages) {
    /** The pages that are always there, in the order in which they help. */
    public static final List<Link> READING = List.of(
            new Link("/console", "Home"),
            new Link("/console/operations", "Operations"),
            new Link("/console/violations", "Violations and drift"),
            new Link("/console/contracts", "Contracts"),
            new Link("/console/state", "Keys and limits"),
            new Link("/console/settings", "Settings"),
            new Link("/console/playground", "Playground"),
            new Link("/console/replay", "Replay"));

    /** Where something may be done. */
    public static final Link ACTIONS = new Link("/console/actions", "Actions");

    /** Where browsers sign in and out. */
    public static final Link SIGN_IN = new Link("/console/login", "Sign-in");

    /** A page of the console. */
    public record Link(String path, String title) {}

    /** Whether a link leads to this page or to the one above it. */
    public boolean isAt(Link link) {
        return path.equals(link.path()) || (!link.path().equals("/console") && path.startsWith(link.path() + "/"));
    }
}
