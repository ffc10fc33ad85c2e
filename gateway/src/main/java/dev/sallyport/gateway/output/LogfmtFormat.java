package dev.sallyport.gateway.output;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/** A line of {@code key=value}; what is no single plain word is quoted, so that no value looks like another key or line. */
public final class LogfmtFormat implements StructuredLogFormatter<ILoggingEvent> {
    @Override
    public String format(ILoggingEvent event) {
        var line = new StringBuilder(256);
        put(line, "time", event.getInstant());
        put(line, "level", event.getLevel());
        put(line, "logger", event.getLoggerName());
        put(line, "msg", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                put(line, pair.key, pair.value);
            }
        }
        if (event.getThrowableProxy() != null) {
            put(line, "stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.append('\n').toString();
    }

    private static void put(StringBuilder line, String key, @Nullable Object value) {
        if (!line.isEmpty()) {
            line.append(' ');
        }
        line.append(key).append('=');
        String text = String.valueOf(value);
        if (isPlain(text)) {
            line.append(text);
        } else {
            quote(line, text);
        }
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(each -> each > ' ' && each < 0x7f && each != '"' && each != '=');
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            switch (each) {
                case '"', '\\' -> line.append('\\').append(each);
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (Character.isISOControl(each)) {
                        line.append(String.format("\\u%04x", (int) each));
                    } else {
                        line.append(each);
                    }
                }
            }
        }
        line.append('"');
    }
}
