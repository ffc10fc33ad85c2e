/**
 * From files to a {@link dev.sallyport.contract.ContractCatalog}. {@link dev.sallyport.contract.pack.PackCompiler} reads
 * {@code catalog.yml}, compiles every schema and rule, and tries every example; all that is wrong is told at once.
 */
@NullMarked
package dev.sallyport.contract.pack;

import org.jspecify.annotations.NullMarked;
