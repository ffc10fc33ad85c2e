package dev.sallyport.contract.pack;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.pack.Catalog.LookupEntry;
import dev.sallyport.contract.pack.Catalog.OperationEntry;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Fields;
import java.util.Optional;

/** Compiles how the provider is asked about a device: an operation that the gateway calls and callers do not reach. */
final class LookupCompiler {
    private final PackParts parts;
    private final OperationCompiler operations;

    LookupCompiler(PackParts parts, OperationCompiler operations) {
        this.parts = parts;
        this.operations = operations;
    }

    LookupContract contract(LookupEntry entry) {
        var found = new PackProblems();
        if (parts.catalog().operations().containsKey(entry.operation())) {
            found.add(parts.problem(
                    "operations." + entry.operation(),
                    "is the fingerprint lookup as well, which callers may not call"));
        }
        if (parts.rules().names().contains(entry.binding())) {
            found.add(problem("binding is the name of another rule: " + entry.binding()));
        }
        if (parts.errors().typeAt().isEmpty()) {
            found.add(problem("not-found cannot be told without an {error-type} in parts.errors().body"));
        }
        var fields = new Fields();
        Optional<Field> telemetryId =
                found.made(() -> parts.field(fields, "request", entry.telemetry(), "fingerprint-lookup.telemetry"));
        Optional<Field> verdict =
                found.made(() -> parts.field(fields, "reply", entry.verdict(), "fingerprint-lookup.verdict"));
        Optional<Field> reasons =
                found.made(() -> parts.field(fields, "reply", entry.reasons(), "fingerprint-lookup.reasons"));
        Optional<Field> visitor =
                found.made(() -> parts.field(fields, "reply", entry.visitor(), "fingerprint-lookup.visitor"));
        var asOperation = new OperationEntry(
                entry.method(),
                entry.path(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                entry.rules(),
                null);
        Optional<Contract> contract = found.made(() -> operations.contract(entry.operation(), asOperation, fields));
        found.stopIfAny();
        return new LookupContract(
                contract.orElseThrow(),
                telemetryId.orElseThrow(),
                new LookupContract.Finding(verdict.orElseThrow(), reasons.orElseThrow(), visitor.orElseThrow()),
                new LookupContract.UnknownDevice(parts.errors().typeAt().orElseThrow(), entry.notFound()),
                entry.binding());
    }

    private PackProblem problem(String message) {
        return parts.problem("fingerprint-lookup", message);
    }
}
