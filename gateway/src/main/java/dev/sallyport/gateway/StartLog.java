package dev.sallyport.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/** Spring's own report of a failed start, switched off: the command line tells it, once and in words. */
final class StartLog {
    private static final List<String> TALKERS =
            List.of(SpringApplication.class.getName(), "org.springframework.boot.diagnostics");

    private StartLog() {}

    /** To be called before Spring reads a settings file, which may be what fails. */
    static void quiet() {
        for (String name : TALKERS) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}
