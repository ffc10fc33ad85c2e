package dev.sallyport.gateway.settings.spring;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/** What may be written below a property whose value is a map, a list or a bean. */
final class Below {
    private Below() {}

    /**
     * Whether a type takes what follows in a key.
     *
     * @param depth how many elements of the key lead to the value of this type
     */
    static boolean takes(ResolvableType type, ConfigurationPropertyName key, int depth) {
        if (depth == key.getNumberOfElements()) {
            return true;
        }
        Class<?> raw = type.resolve(Object.class);
        if (raw == Object.class || isOpen(type)) {
            return true;
        }
        if (Map.class.isAssignableFrom(raw)) {
            return takes(type.getGeneric(1), key, depth + 1);
        }
        if (isList(raw)) {
            return key.isNumericIndex(depth) && takes(element(type), key, depth + 1);
        }
        return member(raw, key.getElement(depth, Form.UNIFORM))
                .map(member -> takes(typeOf(member), key, depth + 1))
                .orElse(false);
    }

    /** The keys that a bean takes where a key leaves what is known. */
    static Stream<String> siblings(ResolvableType type, ConfigurationPropertyName key, int depth) {
        if (depth >= key.getNumberOfElements()) {
            return Stream.empty();
        }
        Class<?> raw = type.resolve(Object.class);
        if (Map.class.isAssignableFrom(raw)) {
            return siblings(type.getGeneric(1), key, depth + 1);
        }
        if (isList(raw)) {
            return siblings(element(type), key, depth + 1);
        }
        return member(raw, key.getElement(depth, Form.UNIFORM))
                .map(member -> siblings(typeOf(member), key, depth + 1))
                .orElseGet(() -> members(raw).stream()
                        .map(member -> key.chop(depth) + "." + DataObjectPropertyName.toDashedForm(member.getName())));
    }

    /** A map of plain values has keys with dots, if its owner likes. */
    private static boolean isOpen(ResolvableType type) {
        boolean isMap = Map.class.isAssignableFrom(type.resolve(Object.class));
        return isMap && (!type.hasGenerics() || isPlain(type.getGeneric(1).resolve(Object.class)));
    }

    private static boolean isPlain(Class<?> type) {
        return type == Object.class || BeanUtils.isSimpleValueType(type) || isList(type);
    }

    private static boolean isList(Class<?> type) {
        return type.isArray() || Collection.class.isAssignableFrom(type);
    }

    private static ResolvableType element(ResolvableType list) {
        return list.isArray() ? list.getComponentType() : list.asCollection().getGeneric();
    }

    private static Optional<PropertyDescriptor> member(Class<?> bean, String uniform) {
        return members(bean).stream()
                .filter(member -> SpringProperty.uniform(member.getName()).equals(uniform))
                .findFirst();
    }

    private static List<PropertyDescriptor> members(Class<?> bean) {
        return BeanUtils.isSimpleValueType(bean)
                ? List.of()
                : Arrays.stream(BeanUtils.getPropertyDescriptors(bean))
                        .filter(member -> member.getReadMethod() != null)
                        .filter(member -> !member.getName().equals("class"))
                        .toList();
    }

    private static ResolvableType typeOf(PropertyDescriptor member) {
        return ResolvableType.forMethodReturnType(member.getReadMethod());
    }
}
