/**
 * Contracts: what an operation promises, compiled once from data. Start with {@link dev.sallyport.contract.ContractCatalog}.
 * The arrows between the packages below: {@code file}, then {@code schema}, {@code rule} and {@code form} stand on the ground;
 * this package makes a {@link dev.sallyport.contract.Contract} of them; {@code pack} compiles contracts, {@code watch} remembers,
 * and {@code enforcement} holds the two filters. What is here are the parts of one contract, which are read together; that is why they
 * are one package.
 */
@NullMarked
package dev.sallyport.contract;

import org.jspecify.annotations.NullMarked;
