/**
 * Contracts: what an operation promises, compiled once from data. A {@link dev.sallyport.contract.SchemaCheck} reads a body
 * once, checks it on the way and picks out the values that {@link dev.sallyport.contract.Rule rules} look at; rules say what
 * JSON Schema cannot. The two doors are RequestContractFilter and
 * ReplyContractFilter. Start with {@link dev.sallyport.contract.ContractCatalog}.
 */
@NullMarked
package dev.sallyport.contract;

import org.jspecify.annotations.NullMarked;
