package dev.sallyport.call;

/**
 * What a call asks for. Its query may hold what is not to be printed.
 *
 * @param target path and query, as the caller wrote them
 */
public record RequestLine(String method, String target) {
    @Override
    public String toString() {
        return method;
    }
}
