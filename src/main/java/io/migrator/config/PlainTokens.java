package io.migrator.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds tokens that would cross a network unencrypted: whoever reads one on its way can use it as it is, unlike a signature. On
 * this machine's own addresses there is no such way, and emulators live there.
 */
public final class PlainTokens {
    private static final String AZURE_HEADER = "IDENTITY_HEADER";
    private static final String CONTAINER_TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private static final String CONTAINER_TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
    /** What a service of the machine itself, at an address that leads to no other, is asked with. */
    private static final Set<String> OF_THE_MACHINE = Set.of(AZURE_HEADER, CONTAINER_TOKEN, CONTAINER_TOKEN_FILE);

    private PlainTokens() {}

    /** A problem for each, in the words of v1. */
    public static List<String> problems(MigratorConfig config, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        MilvusConfig milvus = config.milvus();
        if (milvus.tlsMode() > 0
                && !milvus.credential().isEmpty()
                && milvus.restBase().toLowerCase(Locale.ROOT).startsWith("http://")
                && !isLoopback(host(milvus.restBase()))) {
            problems.add(
                    "milvus.restEndpoint: '%s' is not encrypted, but milvus.tlsMode is %d: the credentials would be sent"
                                    .formatted(milvus.restBase(), milvus.tlsMode())
                            + " readable; give an https:// address");
        }
        // Of commands that look at the vault alone it is the vault.
        boolean both = config.milvusStorage().side() == StorageConfig.Side.MILVUS;
        if (both) {
            storage(config.milvusStorage(), "minio.", "useSSL", "useIAM", "address", problems);
            service(config.milvusStorage(), "minio.iamEndpoint", environment, problems);
        }
        storage(config.vault(), "minio.", "backupUseSSL", "backupUseIAM", "backupAddress", problems);
        service(config.vault(), "minio.backupIamEndpoint", environment, problems);
        return problems;
    }

    /** A service that makes a token of a secret is sent that first. */
    private static void service(
            StorageConfig storage, String key, Map<String, String> environment, List<String> problems) {
        if (!storage.useIam()) {
            return;
        }
        String configured = storage.iamEndpoint();
        String authority = environment.getOrDefault("AZURE_AUTHORITY_HOST", "");
        boolean byDefault = configured.isEmpty() && storage.type() == StorageType.AZURE;
        String url = byDefault ? authority : configured;
        String host = host(url);
        if (!url.toLowerCase(Locale.ROOT).startsWith("http://") || isLoopback(host)) {
            return;
        }
        variables(storage.type()).stream()
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                // The address of App Service's own is not the user's.
                .filter(name -> !(name.equals(AZURE_HEADER) && byDefault))
                .filter(name -> !(OF_THE_MACHINE.contains(name) && host.startsWith("169.254.")))
                .findFirst()
                .ifPresent(name -> problems.add(
                        "%s: '%s' is not encrypted: what %s holds would be sent readable; give an https:// address"
                                .formatted(byDefault ? "AZURE_AUTHORITY_HOST" : key, url, name)));
    }

    /** Those that hold, or name a file of, what is sent for a token. */
    private static List<String> variables(StorageType type) {
        return switch (type) {
            case AZURE -> List.of("AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", AZURE_HEADER);
            case ALI -> List.of("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
            case TC -> List.of("TKE_WEB_IDENTITY_TOKEN_FILE");
            case GCP, GCPNATIVE, HWC, LOCAL -> List.of();
            default -> List.of("AWS_WEB_IDENTITY_TOKEN_FILE", CONTAINER_TOKEN, CONTAINER_TOKEN_FILE);
        };
    }

    private static void storage(
            StorageConfig storage, String section, String ssl, String iam, String address, List<String> problems) {
        if (storage.sendsTokens() && !storage.encrypted() && !isLoopback(storage.address())) {
            problems.add(
                    "%s%s: must be true where %s%s is, or a service account's key is given: its token would be sent"
                                    .formatted(section, ssl, section, iam)
                            + " readable to '%s' (%s%s)".formatted(storage.address(), section, address));
        }
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException e) {
            // What cannot be read cannot be sent to, which is told then.
            return "";
        }
    }

    /** By its text: a name may mean another machine the next time it is asked for. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1");
    }
}
