package dev.sallyport.config.contract;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * What a broken contract leads to, written {@code off}, {@code report}, {@code enforce}, or {@code enforce: 25%}: enforced for
 * that share of calls, reported for the rest. That is how a contract is introduced on live traffic.
 *
 * @param mode default enforce
 * @param enforce the share of calls that it is enforced for; default all
 */
public record ModeSettings(Mode mode, Percent enforce) {
    /** Enforced for every call. */
    public static final ModeSettings ENFORCED = of(Mode.ENFORCE);

    /** Counted for every call. */
    public static final ModeSettings REPORTED = of(Mode.REPORT);

    private static final Percent ALL = new Percent(100);

    public ModeSettings {
        mode = Require.orElse(mode, Mode.ENFORCE);
        enforce = Require.orElse(enforce, new Percent(100));
        if (mode != Mode.ENFORCE && enforce.value() != 100) {
            throw new InvalidSetting("sallyport.contracts", "enforce where a share is given", mode);
        }
    }

    /** For every call alike. */
    public static ModeSettings of(Mode mode) {
        return new ModeSettings(mode, new Percent(100));
    }

    /** Reads what an operator wrote in one line. */
    public static ModeSettings parse(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        if (text.equals("false")) {
            return of(Mode.OFF); // how YAML reads a bare off
        }
        if (text.startsWith("enforce") && text.length() > "enforce".length()) {
            return enforced(text.substring("enforce".length()).replaceFirst("^:", ""));
        }
        try {
            return of(Mode.valueOf(text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("must be off, report, enforce or enforce: 25%", unknown);
        }
    }

    /** Enforced for a share of calls, written {@code 25%}. */
    public static ModeSettings enforced(String share) {
        return new ModeSettings(Mode.ENFORCE, Percent.parse(share));
    }

    public boolean isOff() {
        return mode == Mode.OFF;
    }

    /**
     * Whether a broken contract refuses a call.
     *
     * @param samplingBucket the call's bucket, from 0 to 99, which it keeps; asked for only if a share needs it
     */
    public boolean refuses(IntSupplier samplingBucket) {
        return mode == Mode.ENFORCE && (enforce.value() == 100 || samplingBucket.getAsInt() < enforce.value());
    }

    /** This mode, unless the other one is milder. */
    public ModeSettings atMost(ModeSettings other) {
        return other.strength() < strength() ? other : this;
    }

    private int strength() {
        return switch (mode) {
            case OFF -> -1;
            case REPORT -> 0;
            case ENFORCE -> enforce.value();
        };
    }

    @Override
    public String toString() {
        String name = mode.name().toLowerCase(Locale.ROOT);
        return mode == Mode.ENFORCE && !enforce.equals(ALL) ? name + " " + enforce : name;
    }
}
