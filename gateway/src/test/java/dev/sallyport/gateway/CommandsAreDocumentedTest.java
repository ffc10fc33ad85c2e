package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.cli.SandboxCli;
import dev.sallyport.tools.ToolsCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What {@code sallyport help} says of every command, held against the documentation, and every call of one in it. */
final class CommandsAreDocumentedTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("```\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("\\./sallyport ([a-z][^`\n|&#]*)");

    /** Settings and Spring's properties. */
    private static final Pattern PROPERTY = Pattern.compile("--(?:sallyport|server|management|spring|logging)\\..*");

    @Test
    void the_page_of_commands_says_of_each_what_its_help_says() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(ROOT.resolve("docs/commands.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        List<String> help = commands().values().stream()
                .map(command -> command.getUsageMessage(Ansi.OFF))
                .toList();

        assertThat(blocks)
                .as("blocks of docs/commands.md should be%n%s", String.join("\n", help))
                .containsExactlyElementsOf(help);
    }

    @Test
    void every_call_in_the_documentation_is_of_a_command_that_takes_its_options() throws IOException {
        Map<String, CommandLine> commands = commands();
        List<String> wrong = new ArrayList<>();
        List<String> calls = callsInTheDocumentation();
        for (String call : calls) {
            List<String> words = List.of(call.strip().split(" +", -1));
            CommandLine command = commands.get(name(words, commands));
            if (command == null) {
                wrong.add(call);
            } else {
                words.stream()
                        .filter(word ->
                                word.startsWith("--") && !PROPERTY.matcher(word).matches())
                        .map(word -> word.replaceFirst("=.*", ""))
                        .filter(option -> !command.getCommandSpec().optionsMap().containsKey(option))
                        .forEach(option -> wrong.add(call + ": " + option));
            }
        }

        assertThat(calls).hasSizeGreaterThan(10);
        assertThat(wrong).isEmpty();
    }

    private static String name(List<String> words, Map<String, CommandLine> commands) {
        String two = "sallyport " + String.join(" ", words.subList(0, Math.min(2, words.size())));
        return commands.containsKey(two) ? two : "sallyport " + words.get(0);
    }

    private static List<String> callsInTheDocumentation() throws IOException {
        List<Path> pages;
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            pages = Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "sandbox/README.md")
                                    .map(ROOT::resolve),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
        List<String> calls = new ArrayList<>();
        for (Path page : pages) {
            CALL.matcher(Files.readString(page))
                    .results()
                    .map((MatchResult call) -> call.group(1))
                    .forEach(calls::add);
        }
        return calls;
    }

    /** Every command by its whole name. Verbs that are handed on are those of the jar that carries them out. */
    private static Map<String, CommandLine> commands() {
        CommandLine ours = Cli.line();
        Map<String, CommandLine> commands = new TreeMap<>();
        commands.put("sallyport", ours);
        for (String verb : List.of("run", "check", "key", "prepare", "health", "version", "help")) {
            commands.put(
                    "sallyport " + verb,
                    Objects.requireNonNull(ours.getSubcommands().get(verb)));
        }
        Objects.requireNonNull(ours.getSubcommands().get("key"))
                .getSubcommands()
                .forEach((verb, command) -> commands.put("sallyport key " + verb, command));
        Map<String, CommandLine> sandbox = new CommandLine(new SandboxCli()).getSubcommands();
        for (String verb : List.of("demo", "sandbox")) {
            commands.put("sallyport " + verb, Objects.requireNonNull(sandbox.get(verb)));
        }
        CommandLine contracts = Objects.requireNonNull(
                new CommandLine(new ToolsCli()).getSubcommands().get("contracts"));
        commands.put("sallyport contracts", contracts);
        contracts.getSubcommands().forEach((verb, command) -> commands.put("sallyport contracts " + verb, command));
        assertThat(commands.keySet().stream()
                        .map(name -> name.replaceFirst("sallyport ?", "").replaceFirst(" .*", ""))
                        .filter(verb -> !verb.isEmpty()))
                .as("no command of the gateway's is left out")
                .containsAll(ours.getSubcommands().keySet());
        return commands;
    }
}
