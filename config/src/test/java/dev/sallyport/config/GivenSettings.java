package dev.sallyport.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** Settings of which a test gives a few parts by their names; the binder gave nothing of all others. */
public final class GivenSettings {
    private GivenSettings() {}

    public static Settings of(Map<String, ?> given) {
        RecordComponent[] parts = Settings.class.getRecordComponents();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values =
                Arrays.stream(parts).map(part -> given.get(part.getName())).toArray();
        try {
            return Settings.class.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException wrong) {
            if (wrong.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new AssertionError(wrong);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }
}
