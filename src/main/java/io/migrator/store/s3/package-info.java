/** Whatever speaks S3: MinIO, Amazon, Google's interoperable API, Alibaba, Tencent, Huawei. */
@NullMarked
package io.migrator.store.s3;

import org.jspecify.annotations.NullMarked;
