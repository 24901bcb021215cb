/**
 * The job {@code verify}: proves from the vault alone that a backup is whole. {@code restore} asks it before it trusts
 * one.
 */
@NullMarked
package io.migrator.verify;

import org.jspecify.annotations.NullMarked;
