package dev.sallyport.gateway.http.connection;

/** What the connections of a port have in common. */
public record Shared(UnreadAnswers unread, OpenConnections open, ConnectionEvents events) {}
