package dev.sallyport.contract.schema;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.schema.PackDocuments.Made;
import dev.sallyport.json.StrictJson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks another validator, in a process of its own, what it thinks of documents of the built-in pack: a line of JSON each way.
 * {@code load-tests/second-opinion} starts it. The exit status is 1 if the two differ and {@link Difference} knows no reason.
 */
final class SecondOpinion {
    private static final int BATCH = 200;
    private static final int MOST_SHOWN = 20;

    private final PackDocuments documents;
    private final BufferedWriter questions;
    private final BufferedReader answers;
    private final Map<Difference, Integer> meant = new EnumMap<>(Difference.class);
    private int bothAccept;
    private int bothRefuse;
    private int unexplained;

    private SecondOpinion(PackDocuments documents, Process other) {
        this.documents = documents;
        this.questions = other.outputWriter(StandardCharsets.UTF_8);
        this.answers = other.inputReader(StandardCharsets.UTF_8);
    }

    /** How many documents, the seed, then the command of the other validator. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        PackFiles files = PackFiles.of("stytch");
        List<PackSchema> schemas = PackSchema.of(files, PackCompiler.load(files, new StrictJson(32)));
        Process other = new ProcessBuilder(List.of(arguments).subList(2, arguments.length))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var opinion = new SecondOpinion(new PackDocuments(schemas, seed), other);
        System.out.printf("%s%nseed %d, %d schemas%n", opinion.answers.readLine(), seed, schemas.size());
        for (int from = 0; from < count; from += BATCH) {
            opinion.compare(from, Math.min(count, from + BATCH));
        }
        opinion.questions.close();
        opinion.tell(count);
        System.exit(other.waitFor() == 0 && opinion.unexplained == 0 ? 0 : 1);
    }

    /** Answers are short: those to a batch fit into the pipe, so that neither side waits for the other for ever. */
    private void compare(int from, int to) throws IOException {
        List<Made> batch = new ArrayList<>();
        for (int number = from; number < to; number++) {
            Made made = documents.number(number);
            batch.add(made);
            questions.write(JsonMapper.shared()
                    .writeValueAsString(Map.of(
                            "schema", made.schema().file(),
                            "document", Base64.getEncoder().encodeToString(made.body()))));
            questions.newLine();
        }
        questions.flush();
        for (int index = 0; index < batch.size(); index++) {
            String answer = String.valueOf(answers.readLine());
            if (!answer.equals("accepts") && !answer.equals("refuses")) {
                throw new IOException("the other validator answered: " + answer);
            }
            compare(from + index, batch.get(index), answer.equals("accepts"));
        }
    }

    private void compare(int number, Made made, boolean theirs) {
        Reading reading = made.schema().ours().apply(made.body());
        boolean ours =
                reading instanceof Document document && document.violations().isEmpty();
        if (ours == theirs) {
            bothAccept += ours ? 1 : 0;
            bothRefuse += ours ? 0 : 1;
            return;
        }
        Optional<Difference> reason = Difference.explaining(reading, made.changes());
        reason.ifPresent(known -> meant.merge(known, 1, Integer::sum));
        if (reason.isEmpty() && unexplained++ < MOST_SHOWN) {
            System.out.printf(
                    "number %d, %s, %s: we %s, %s%n  %s%n",
                    number,
                    made.schema().file(),
                    made.changes(),
                    ours ? "accept" : "refuse",
                    reading,
                    new String(made.body(), StandardCharsets.UTF_8));
        }
    }

    private void tell(int count) {
        System.out.printf(
                "%,9d documents%n%,9d accepted by both%n%,9d refused by both%n", count, bothAccept, bothRefuse);
        meant.forEach((difference, times) -> System.out.printf("%,9d differ, meant: %s%n", times, difference.words));
        System.out.printf("%,9d differ, unexplained%n", unexplained);
    }
}
