package dev.sallyport.gateway.settings.bind;

import dev.sallyport.config.OtherCallSettings;
import dev.sallyport.config.value.InvalidSetting;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.ConditionalGenericConverter;

/** The one word that may stand in place of the list of routes for other calls: {@code refuse}, which is an empty list. */
final class OtherCallsWord implements ConditionalGenericConverter {
    private static final String REFUSE = "refuse";

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, List.class));
    }

    @Override
    public boolean matches(TypeDescriptor source, TypeDescriptor target) {
        @Nullable TypeDescriptor element = target.getElementTypeDescriptor();
        return element != null && element.getType() == OtherCallSettings.class;
    }

    @Override
    public Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        String word = String.valueOf(source).strip();
        if (!word.isEmpty() && !word.equalsIgnoreCase(REFUSE)) {
            throw new InvalidSetting(OtherCallSettings.KEY, "refuse, or a list of routes", word);
        }
        return List.of();
    }
}
