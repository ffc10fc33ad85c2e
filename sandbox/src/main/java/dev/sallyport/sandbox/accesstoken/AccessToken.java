package dev.sallyport.sandbox.accesstoken;

/** What an access token says that can be exchanged: whom it speaks for, and which app it was granted to. */
public record AccessToken(String id, String subjectId, String clientId) {
    @Override
    public String toString() {
        return "AccessToken[" + subjectId + "]";
    }
}
