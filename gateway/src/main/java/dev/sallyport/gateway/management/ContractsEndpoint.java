package dev.sallyport.gateway.management;

import dev.sallyport.config.Settings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.watch.ContractLedger;
import dev.sallyport.contract.watch.ContractLedger.Broken;
import dev.sallyport.contract.watch.ContractWatches;
import dev.sallyport.contract.watch.DriftWatch;
import dev.sallyport.contract.watch.DriftWatch.Novelty;
import dev.sallyport.contract.watch.DriftWatch.Unseen;
import dev.sallyport.contract.watch.SafetyCatch;
import dev.sallyport.gateway.management.Reloads.By;
import dev.sallyport.gateway.management.Reloads.Report;
import dev.sallyport.gateway.management.Reloads.Result;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@code /actuator/contracts}: what stands at the doors of each operation and what was noticed there; and the one thing that
 * can be done to it, taking up what changed on disk. Places in contracts and counts, no values from calls.
 */
@Endpoint(id = "contracts")
public final class ContractsEndpoint {
    private static final int UNPROCESSABLE = 422;

    private final Supplier<Serving> serving;
    private final ContractLedger ledger;
    private final ContractWatches watches;
    private final Reloads reloads;

    /** What serves calls at a moment. */
    public record Serving(int generation, Instant since, Settings settings, ContractCatalog catalog) {}

    /** An endpoint. */
    public ContractsEndpoint(
            Supplier<Serving> serving, ContractLedger ledger, ContractWatches watches, Reloads reloads) {
        this.serving = serving;
        this.ledger = ledger;
        this.watches = watches;
        this.reloads = reloads;
    }

    /** As it is written. */
    public record Contracts(
            String pack,
            int generation,
            Instant since,
            @Nullable Reload lastReload,
            List<OfOperation> operations) {}

    /** A reload, as it is written. */
    public record Reload(
            Instant at,
            String result,
            int generation,
            List<String> changed,
            List<String> needRestart,
            List<String> problems) {
        static Reload of(Report report) {
            return new Reload(
                    report.at(),
                    word(report.result()),
                    report.generation(),
                    report.changed(),
                    report.needRestart(),
                    report.problems());
        }
    }

    /**
     * One operation.
     *
     * @param violations where its contract was broken, the most frequent place first
     * @param unknown what replies have that their schema does not know
     * @param unseen optional fields that replies once had and no longer have
     * @param safetyCatch null where there is none
     */
    public record OfOperation(
            String operation,
            AtDoor request,
            AtDoor reply,
            Map<String, String> rules,
            List<Violated> violations,
            List<Unknown> unknown,
            List<Unseen> unseen,
            @Nullable Catch safetyCatch) {}

    /** A door: what a broken schema leads to, and how many documents were held against it. */
    public record AtDoor(String mode, long calls) {}

    /** A place in the contract that was broken. */
    public record Violated(
            String door, String pointer, String keyword, boolean refused, long times, Instant first, Instant last) {}

    /** A place in a reply schema where something else was found. */
    public record Unknown(String pointer, long times, Instant first, Instant last) {}

    /**
     * A safety catch.
     *
     * @param state {@code holds}, or {@code released} while the reply schema is only reported
     */
    public record Catch(String state, long secondsLeft) {}

    /** All operations, by id. */
    @ReadOperation
    public Contracts contracts() {
        Serving now = serving.get();
        List<OfOperation> operations = now.catalog().contracts().stream()
                .map(contract -> shown(contract, now))
                .sorted(Comparator.comparing(OfOperation::operation))
                .toList();
        return new Contracts(
                now.settings().provider().pack(),
                now.generation(),
                now.since(),
                reloads.last().map(Reload::of).orElse(null),
                operations);
    }

    /**
     * Reads settings and contracts anew.
     *
     * @param action has to be {@code reload}
     * @return what became of it; the status is 422 if settings or contracts cannot be used
     */
    @WriteOperation
    public WebEndpointResponse<?> act(@Nullable String action) {
        if (!"reload".equals(action)) {
            var told = Map.of("problems", List.of("send {\"action\":\"reload\"}: there is no other action"));
            return new WebEndpointResponse<>(told, WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        Report report = reloads.reload(By.ENDPOINT);
        int status = report.result() == Result.REFUSED ? UNPROCESSABLE : WebEndpointResponse.STATUS_OK;
        return new WebEndpointResponse<>(Reload.of(report), status);
    }

    private OfOperation shown(Contract contract, Serving now) {
        ContractSettings settings = now.settings().contracts();
        String id = contract.operation().id();
        return new OfOperation(
                id,
                new AtDoor(settings.request(id).toString(), ledger.checked(id, Direction.REQUEST)),
                new AtDoor(settings.reply(id).toString(), ledger.checked(id, Direction.REPLY)),
                rules(contract, now),
                ledger.violations(id).stream().map(ContractsEndpoint::violated).toList(),
                watches.drift(id).map(DriftWatch::novelties).orElse(List.of()).stream()
                        .map(ContractsEndpoint::unknown)
                        .toList(),
                watches.drift(id).map(DriftWatch::unseen).orElse(List.of()),
                watches.safetyCatch(id).map(ContractsEndpoint::shown).orElse(null));
    }

    private static Map<String, String> rules(Contract contract, Serving now) {
        ContractSettings settings = now.settings().contracts();
        boolean verified = now.settings().sessionToken().mode() != TokenMode.OFF;
        Map<String, String> rules = new TreeMap<>(ContractEnforcement.ruleModes(contract, settings, verified));
        if (contract.device().isPresent()) {
            now.catalog()
                    .fingerprintLookup()
                    .map(LookupContract::binding)
                    .ifPresent(rule -> rules.put(
                            rule,
                            settings.rule(contract.operation().id(), rule)
                                    .orElse(ModeSettings.REPORTED)
                                    .toString()));
        }
        return rules;
    }

    private static Violated violated(Broken broken) {
        var count = broken.count();
        return new Violated(
                word(broken.direction()),
                broken.pointer(),
                broken.keyword(),
                broken.refused(),
                count.times(),
                count.first(),
                count.last());
    }

    private static Unknown unknown(Novelty novelty) {
        var count = novelty.count();
        return new Unknown(novelty.pointer(), count.times(), count.first(), count.last());
    }

    private static Catch shown(SafetyCatch safetyCatch) {
        return new Catch(safetyCatch.isReleased() ? "released" : "holds", safetyCatch.secondsLeft());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
