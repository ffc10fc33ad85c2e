package dev.sallyport.contract.schema;

import dev.sallyport.contract.schema.SchemaNode.Member;
import dev.sallyport.contract.schema.file.KnownMembers;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Turns the names that a schema knows into a schema that asks for nothing else, for documents whose rest the library checks. */
final class MemberNames {
    private final IdentityHashMap<KnownMembers, SchemaNode> made = new IdentityHashMap<>();

    SchemaNode of(KnownMembers names) {
        SchemaNode earlier = made.get(names);
        if (earlier != null) {
            return earlier;
        }
        var node = new SchemaNode("#", 0);
        made.put(names, node); // before it is filled: a schema may lead back to itself
        Map<String, Member> members = new HashMap<>();
        for (String name : names.names()) {
            KnownMembers below = names.below(name);
            members.put(name, new Member(below == null ? SchemaNode.ANYTHING : of(below), 0, 0));
        }
        node.members(members);
        node.items = names.items().isFreeForm() ? SchemaNode.ANYTHING : of(names.items());
        return node;
    }
}
