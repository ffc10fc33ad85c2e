package dev.sallyport.sandbox.directory;

/** A customer's project: its id and secret are the Basic credentials. */
public record Project(String id, String name, String secret, Product product) {
    @Override
    public String toString() {
        return "Project[" + id + "]";
    }
}
