package io.migrator.lab;

/** A server behind a proxy on this host: the same server at another port. */
record S3Front(S3Lab behind, int port) implements S3Lab {
    @Override
    public String kind() {
        return behind.kind();
    }

    @Override
    public String accessKey() {
        return behind.accessKey();
    }

    @Override
    public String secretKey() {
        return behind.secretKey();
    }

    @Override
    public void close() {
        behind.close();
    }
}
