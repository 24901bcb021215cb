/**
 * The job {@code expire}: deletes backups that a policy does not keep. What it decides is in {@code rules}, how it deletes in
 * {@code hold}. Uses {@code catalog}, {@code batch}, {@code store} and {@code format}; knows no Milvus.
 */
@NullMarked
package io.migrator.retention;

import org.jspecify.annotations.NullMarked;
