package dev.sallyport.gateway.reload;

import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.reload.ModeOverride.Place;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The modes that hold for a while, at most one for each door. Immutable. */
record ModeOverrides(List<ModeOverride> list) {
    static final ModeOverrides NONE = new ModeOverrides(List.of());

    ModeOverrides {
        list = List.copyOf(list);
    }

    ModeOverrides with(ModeOverride next) {
        return new ModeOverrides(Stream.concat(without(next.place()).list.stream(), Stream.of(next))
                .toList());
    }

    ModeOverrides without(Place place) {
        return only(one -> !one.place().equals(place));
    }

    /** Those whose time is not over. */
    ModeOverrides at(Instant now) {
        return only(one -> one.until().isAfter(now));
    }

    /** The same in place of other settings: what those refuse more, it loosens from now on. */
    ModeOverrides inPlaceOf(ContractSettings written) {
        return new ModeOverrides(list.stream()
                .map(one ->
                        new ModeOverride(one.place(), one.mode(), one.place().in(written), one.since(), one.until()))
                .toList());
    }

    private ModeOverrides only(Predicate<ModeOverride> which) {
        return new ModeOverrides(list.stream().filter(which).toList());
    }

    /** Written settings with these in place; an operation that the pack has no more is left out. */
    ContractSettings over(ContractSettings written, ContractCatalog catalog) {
        Map<String, String> operations = new HashMap<>(written.operations());
        list.stream()
                .filter(one -> catalog.contract(one.place().operation()).isPresent())
                .forEach(one -> {
                    String key = one.place().key();
                    operations.remove(key + ".enforce"); // the other spelling of a share, which would say otherwise
                    operations.put(key, one.mode().toString());
                });
        return new ContractSettings(
                written.request(),
                written.reply(),
                written.rules(),
                operations,
                written.safetyCatch(),
                written.drift());
    }
}
