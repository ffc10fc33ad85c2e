package dev.sallyport.contract.openapi;

import dev.sallyport.contract.file.PackFiles;
import java.net.URI;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema files of a pack as components of one document: each that something refers to, under the name of its file. */
final class SharedSchemas {
    private static final String REF = "$ref";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper();

    private final PackFiles files;
    private final TreeMap<String, JsonNode> components = new TreeMap<>();

    SharedSchemas(PackFiles files) {
        this.files = files;
    }

    /** Refers to a file, which becomes a component. */
    ObjectNode reference(String file) {
        return NODES.objectNode().put(REF, moved(file, ""));
    }

    /** What a file holds, its references moved; it becomes no component by that. */
    JsonNode content(String file) {
        JsonNode schema = JSON.readTree(files.read(file));
        if (schema instanceof ObjectNode object) {
            object.remove("$schema");
        }
        return moved(schema, file);
    }

    /** All that were referred to. */
    ObjectNode all() {
        ObjectNode all = NODES.objectNode();
        components.forEach(all::set);
        return all;
    }

    private JsonNode moved(JsonNode schema, String file) {
        if (schema instanceof ObjectNode object) {
            ObjectNode out = NODES.objectNode();
            object.properties().forEach(each -> out.set(each.getKey(), moved(each.getKey(), each.getValue(), file)));
            return out;
        }
        if (schema instanceof ArrayNode list) {
            ArrayNode out = NODES.arrayNode();
            list.forEach(item -> out.add(moved(item, file)));
            return out;
        }
        return schema;
    }

    private JsonNode moved(String keyword, JsonNode value, String file) {
        return keyword.equals(REF) && value.isString()
                ? NODES.stringNode(moved(value.stringValue(), file))
                : moved(value, file);
    }

    /** Where a reference of a file leads, with the fragment that it may have, as one within the document. */
    private String moved(String reference, String file) {
        URI target = URI.create(file).resolve(reference);
        String path = target.getPath().isEmpty() ? file : target.getPath();
        String name = path.replaceFirst("(\\.schema)?\\.json$", "").replace('/', '.');
        if (!components.containsKey(name)) {
            components.put(name, NODES.nullNode()); // files refer to each other in circles
            components.put(name, content(path));
        }
        String fragment = target.getRawFragment();
        return "#/components/schemas/" + name + (fragment == null ? "" : fragment);
    }
}
