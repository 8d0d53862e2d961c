/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How connections are encrypted. Files are read on the machine that connects, when the first
 * connection is opened. Nothing is set for the whole JVM.
 *
 * <p>Without a trust store or CA file the JVM's trusted authorities count. A client certificate
 * (mTLS) is presented only if a key store or certificate file is given.
 */
@PublicEvolving
public final class AmpsTlsOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * A key store file; its text does not show the password.
     *
     * @param path the file
     * @param password its password, or null if it has none
     * @param type {@code PKCS12} or {@code JKS}
     */
    @PublicEvolving
    public record Store(String path, @Nullable String password, String type)
            implements Serializable {
        @Override
        public String toString() {
            return type + ':' + path;
        }
    }

    private final @Nullable Store trustStore;
    private final @Nullable String caFile;
    private final @Nullable Store keyStore;
    private final @Nullable String certificateFile;
    private final @Nullable String privateKeyFile;
    private final boolean verifyHostname;

    private AmpsTlsOptions(Builder builder) {
        trustStore = builder.trustStore;
        caFile = builder.caFile;
        keyStore = builder.keyStore;
        certificateFile = builder.certificateFile;
        privateKeyFile = builder.privateKeyFile;
        verifyHostname = builder.verifyHostname;
    }

    /** Trusts what the JVM trusts, verifies host names, presents no certificate. */
    public static AmpsTlsOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Nullable
    public Store trustStore() {
        return trustStore;
    }

    @Nullable
    public String caFile() {
        return caFile;
    }

    @Nullable
    public Store keyStore() {
        return keyStore;
    }

    @Nullable
    public String certificateFile() {
        return certificateFile;
    }

    @Nullable
    public String privateKeyFile() {
        return privateKeyFile;
    }

    public boolean verifyHostname() {
        return verifyHostname;
    }

    @Override
    public String toString() {
        return "AmpsTlsOptions{trust="
                + (trustStore != null ? trustStore : caFile != null ? "PEM:" + caFile : "JVM")
                + ", key="
                + (keyStore != null
                        ? keyStore
                        : certificateFile != null ? "PEM:" + certificateFile : "none")
                + ", verifyHostname="
                + verifyHostname
                + '}';
    }

    /** Builds {@link AmpsTlsOptions}. */
    @PublicEvolving
    public static final class Builder {

        private Store trustStore;
        private String caFile;
        private Store keyStore;
        private String certificateFile;
        private String privateKeyFile;
        private boolean verifyHostname = true;

        private Builder() {}

        /**
         * Trusts the certificates in this store.
         *
         * @param type {@code PKCS12} or {@code JKS}
         */
        public Builder setTrustStore(String path, @Nullable String password, String type) {
            trustStore = store("trust store", path, password, type);
            return this;
        }

        /** Trusts the certificates in this PEM file. */
        public Builder setCaFile(String path) {
            caFile = Objects.requireNonNull(path, "path");
            return this;
        }

        /**
         * Presents the certificate in this store to the server (mTLS).
         *
         * @param type {@code PKCS12} or {@code JKS}
         */
        public Builder setKeyStore(String path, @Nullable String password, String type) {
            keyStore = store("key store", path, password, type);
            return this;
        }

        /**
         * Presents a certificate to the server (mTLS).
         *
         * @param certificateFile a PEM file with the certificate, then those that lead to its root
         * @param privateKeyFile a PEM file with its key in PKCS #8, not encrypted ({@code BEGIN
         *     PRIVATE KEY})
         */
        public Builder setCertificate(String certificateFile, String privateKeyFile) {
            this.certificateFile = Objects.requireNonNull(certificateFile, "certificateFile");
            this.privateKeyFile = Objects.requireNonNull(privateKeyFile, "privateKeyFile");
            return this;
        }

        /**
         * Whether the server's certificate must name the host that was connected to. Default true;
         * false makes it possible for another holder of a trusted certificate to pose as the
         * server.
         */
        public Builder setVerifyHostname(boolean verifyHostname) {
            this.verifyHostname = verifyHostname;
            return this;
        }

        private static Store store(String what, String path, String password, String type) {
            Objects.requireNonNull(path, "path");
            String upper = Objects.requireNonNull(type, "type").toUpperCase(Locale.ROOT);
            if (!upper.equals("PKCS12") && !upper.equals("JKS")) {
                throw new IllegalArgumentException(
                        "The type of the "
                                + what
                                + " is '"
                                + type
                                + "'. Use PKCS12 or JKS; for PEM use setCaFile or setCertificate.");
            }
            return new Store(path, password, upper);
        }

        /**
         * @throws IllegalStateException naming all contradictions between what was set
         */
        public AmpsTlsOptions build() {
            List<String> problems = new ArrayList<>();
            if (trustStore != null && caFile != null) {
                problems.add(
                        "Both setTrustStore and setCaFile were called. Remove one, or put all"
                                + " certificates into one file.");
            }
            if (keyStore != null && certificateFile != null) {
                problems.add(
                        "Both setKeyStore and setCertificate were called. Remove one: only one"
                                + " certificate can be presented.");
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException(
                        "The TLS options contradict each other: " + String.join(" ", problems));
            }
            return new AmpsTlsOptions(this);
        }
    }
}
