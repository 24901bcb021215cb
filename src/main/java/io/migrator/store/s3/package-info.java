/**
 * Whatever speaks S3: MinIO, Amazon, Google's interoperable API, Alibaba, Tencent, Huawei. With {@code role} the only
 * user of minio-java; knows no other driver.
 */
@NullMarked
package io.migrator.store.s3;

import org.jspecify.annotations.NullMarked;
