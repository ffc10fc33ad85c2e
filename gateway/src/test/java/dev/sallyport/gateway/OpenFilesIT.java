package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shipped jar where the system lets it open no more files. */
@Timeout(180)
class OpenFilesIT {
    private static final int MOST_FILES = 200;
    private static final String REFUSED = "Settings and contracts were not reloaded";
    private static final Pattern SERVES = Pattern.compile("serves on port (\\d+); management on port (\\d+)");
    private static final Pattern REFUSALS = Pattern.compile("sallyport_reloads_total\\{result=\"refused\"} (\\d+)");
    private static final Pattern NOT_ACCEPTED = Pattern.compile("sallyport_accept_failures_total (\\d+)");
    private static final String TOLD = "Connections cannot be accepted";

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_reload_without_a_file_descriptor_is_told_once_with_its_cause_and_tried_until_there_is_one()
            throws Exception {
        write("enforce");
        List<Socket> callers = new ArrayList<>();
        try (var gateway = ShippedJar.startWithFiles(
                        folder, MOST_FILES, "run", "--server.port=0", "--management.server.port=0");
                var management = new Socket()) {
            Matcher ports = SERVES.matcher(
                    gateway.writtenOnce(text -> SERVES.matcher(text).find()));
            assertThat(ports.find()).isTrue();
            management.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ports.group(2))));
            assertThat(scraped(management, REFUSALS)).isZero();
            for (int caller = 0; caller < MOST_FILES; caller++) {
                callers.add(new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(ports.group(1))));
            }

            Waiting.until("no file left", () -> gateway.openFiles() >= MOST_FILES);
            write("report");
            gateway.writtenOnce(text -> text.contains(REFUSED));
            Waiting.until("several tries", () -> scraped(management, REFUSALS) > 3);
            for (Socket caller : callers) {
                caller.close();
            }
            String log = gateway.writtenOnce(text -> text.contains("Reloaded sallyport.contracts"));

            assertThat(log.split(REFUSED, -1)).as("told once").hasSize(2);
            assertThat(log)
                    .containsPattern("(?i)cannot be read: .*too many open files")
                    .doesNotContain("a bug", "ERROR Reloader");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void connections_that_cannot_be_accepted_are_counted_and_summed_up_and_the_next_ones_served_when_files_are_free()
            throws Exception {
        write("enforce");
        List<Socket> callers = new ArrayList<>();
        try (var gateway = ShippedJar.startWithFiles(
                        folder, MOST_FILES, "run", "--server.port=0", "--management.server.port=0");
                var management = new Socket()) {
            Matcher ports = SERVES.matcher(
                    gateway.writtenOnce(text -> SERVES.matcher(text).find()));
            assertThat(ports.find()).isTrue();
            int port = Integer.parseInt(ports.group(1));
            management.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ports.group(2))));
            assertThat(scraped(management, NOT_ACCEPTED)).isZero();
            for (int caller = 0; caller < MOST_FILES; caller++) {
                callers.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }

            Waiting.until("several failures", () -> scraped(management, NOT_ACCEPTED) > 3);
            String log = gateway.writtenOnce(text -> text.contains("more like it in 10 s"));
            assertThat(log.lines().filter(line -> line.contains(TOLD))).hasSizeLessThan(4);
            assertThat(log)
                    .containsIgnoringCase("why=\"accept(..) failed with error(-24): Too many open files")
                    .doesNotContain("/127.0.0.1", "\tat ");
            for (Socket caller : callers) {
                caller.close();
            }
            Waiting.until("a call is answered", () -> isAnswered(port));
        }
    }

    private static boolean isAnswered(int port) throws IOException {
        try (var client = new RawHttp(port)) {
            client.send(RawHttp.head("GET /v1/nowhere HTTP/1.1", RawCalls.HOST));
            return client.read().status() == 404;
        }
    }

    private void write(String mode) throws IOException {
        Files.writeString(
                folder.resolve("sallyport.yml"),
                "sallyport: { provider: { base-url: 'http://127.0.0.1:1' }, contracts: { request: " + mode
                        + " }, reload: { interval: 100ms } }\n");
    }

    /** Asked on a connection that was there before. */
    private static int scraped(Socket management, Pattern series) throws IOException {
        management
                .getOutputStream()
                .write("GET /actuator/prometheus HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        var read = new StringBuilder();
        byte[] some = new byte[8192];
        while (!read.toString().contains("\r\n0\r\n\r\n") && !isWhole(read)) {
            int length = management.getInputStream().read(some);
            assertThat(length).isPositive();
            read.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
        }
        Matcher found = series.matcher(read);
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static boolean isWhole(CharSequence answer) {
        Matcher head =
                Pattern.compile("(?is)^(.*?content-length: *(\\d+).*?\r\n\r\n)").matcher(answer);
        return head.find() && answer.length() >= head.end() + Integer.parseInt(head.group(2));
    }
}
