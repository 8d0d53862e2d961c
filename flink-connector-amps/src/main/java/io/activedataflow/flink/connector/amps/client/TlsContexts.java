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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsTlsOptions;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Turns {@link AmpsTlsOptions} into a context of its own, by reading the files named. */
@Internal
final class TlsContexts {

    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private TlsContexts() {}

    static SSLContext create(AmpsTlsOptions options) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(options), trustManagers(options), null);
            return context;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new AmpsException(
                    AmpsException.Kind.FATAL,
                    "TLS cannot be set up with "
                            + options
                            + ": "
                            + e
                            + ". Check that the files exist on this machine, their passwords and"
                            + " their types.",
                    e);
        }
    }

    @Nullable
    private static TrustManager[] trustManagers(AmpsTlsOptions options)
            throws GeneralSecurityException, IOException {
        KeyStore store;
        if (options.trustStore() != null) {
            store = load(options.trustStore());
        } else if (options.caFile() != null) {
            store = emptyStore();
            Certificate[] certificates = certificates(options.caFile());
            for (int i = 0; i < certificates.length; i++) {
                store.setCertificateEntry("ca-" + i, certificates[i]);
            }
        } else {
            return null;
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    @Nullable
    private static KeyManager[] keyManagers(AmpsTlsOptions options)
            throws GeneralSecurityException, IOException {
        KeyStore store;
        char[] password = new char[0];
        if (options.keyStore() != null) {
            store = load(options.keyStore());
            password = password(options.keyStore());
        } else if (options.certificateFile() != null) {
            store = emptyStore();
            store.setKeyEntry(
                    "client",
                    privateKey(options.privateKeyFile()),
                    password,
                    certificates(options.certificateFile()));
        } else {
            return null;
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static KeyStore load(AmpsTlsOptions.Store options)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(options.type());
        try (InputStream in = Files.newInputStream(Path.of(options.path()))) {
            store.load(in, options.password() == null ? null : password(options));
        }
        return store;
    }

    private static char[] password(AmpsTlsOptions.Store options) {
        return options.password() == null ? new char[0] : options.password().toCharArray();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(String path)
            throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            Certificate[] certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .toArray(new Certificate[0]);
            if (certificates.length == 0) {
                throw new IOException("no certificate in " + path);
            }
            return certificates;
        }
    }

    private static PrivateKey privateKey(String path) throws GeneralSecurityException, IOException {
        String pem = Files.readString(Path.of(path), StandardCharsets.US_ASCII);
        int begin = pem.indexOf("-----BEGIN PRIVATE KEY-----");
        int end = pem.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || end < begin) {
            throw new IOException(
                    "no unencrypted PKCS #8 key ('BEGIN PRIVATE KEY') in "
                            + path
                            + "; 'openssl pkcs8 -topk8 -nocrypt' converts other forms");
        }
        PKCS8EncodedKeySpec key =
                new PKCS8EncodedKeySpec(
                        Base64.getMimeDecoder()
                                .decode(pem.substring(pem.indexOf('\n', begin) + 1, end)));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(key);
            } catch (InvalidKeySpecException e) {
                // Of another algorithm: the next one is tried.
            }
        }
        throw new IOException("the key in " + path + " is none of " + KEY_ALGORITHMS);
    }
}
