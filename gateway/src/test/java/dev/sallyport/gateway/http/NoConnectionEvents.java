package dev.sallyport.gateway.http;

import dev.sallyport.gateway.http.connection.ConnectionEvents;

/** For tests of something else than connections; what a test is about, it overrides. */
public class NoConnectionEvents implements ConnectionEvents {
    @Override
    public void refused(Refused why) {}

    @Override
    public void cut(Cut why) {}

    @Override
    public void acceptFailed(Throwable cause) {}

    @Override
    public void errorDropped(Throwable error) {}

    @Override
    public void answerFailed(Throwable bug) {}
}
