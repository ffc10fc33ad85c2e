package dev.sallyport.contract.schema;

/** Is told, while a document is checked, what it holds that its schema does not name or does not list. Called on event loops. */
public interface SchemaObserver {
    /**
     * An object came. Of one object this may be told twice, since a document may be walked through twice.
     *
     * @param named the members of it that its schema names, by {@link SchemaNode.Member#bit}
     */
    void members(SchemaNode node, long named);

    /** An object had a member that its schema does not name. */
    void unknownMember(SchemaNode node, String name);

    /** A text was not among those that its schema lists as known. */
    void unknownValue(SchemaNode node);
}
