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

package io.activedataflow.flink.connector.amps.testutils;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/**
 * Certificates for tests of TLS, made when first asked for and gone with this JVM.
 *
 * <p>One certificate authority has signed three: the server's for {@code localhost} and {@code
 * 127.0.0.1}, a server's for another host name, and a client's. A fourth, for the right host, is
 * signed by nobody. All stores are PKCS12 with the password {@link #PASSWORD}; a store with a key
 * holds just that key and its chain, the trust store just the authority.
 */
public final class TestCertificates {

    /** The password of all stores and of the keys in them. */
    public static final String PASSWORD = "changeit";

    private static final String CA = "ca";
    private static final String SERVER = "server";
    private static final String WRONG_HOST = "wronghost";
    private static final String CLIENT = "client";
    private static final String UNTRUSTED = "untrusted";
    private static final String LOCAL_NAMES = "san=dns:localhost,ip:127.0.0.1";

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** The certificates of this JVM. */
    public static TestCertificates shared() {
        return Shared.INSTANCE;
    }

    /** Key store of a server at localhost, which clients trust. */
    public Path serverKeyStore() {
        return store(SERVER);
    }

    /** Key store of a server whose certificate is trusted, but for {@code elsewhere.invalid}. */
    public Path wrongHostKeyStore() {
        return store(WRONG_HOST);
    }

    /** Key store whose certificate nobody trusts, for a server at localhost or for a client. */
    public Path untrustedKeyStore() {
        return store(UNTRUSTED);
    }

    /** Key store of a client which servers trust. */
    public Path clientKeyStore() {
        return store(CLIENT);
    }

    /** Trust store of clients and servers: the authority. */
    public Path trustStore() {
        return store("trust");
    }

    public Path caCertificatePem() {
        return directory.resolve(CA + ".crt");
    }

    public Path serverCertificatePem() {
        return directory.resolve(SERVER + ".crt");
    }

    public Path serverKeyPem() {
        return directory.resolve(SERVER + ".key");
    }

    /** A context that trusts the authority and presents the client's certificate. */
    public SSLContext clientContext() {
        return context(clientKeyStore());
    }

    /** A context that trusts the authority and has no certificate to present. */
    public SSLContext clientContextWithoutCertificate() {
        return context(trustStore());
    }

    /** A context that trusts the authority and presents the certificate of the key store. */
    public SSLContext context(Path keyStore) {
        char[] password = PASSWORD.toCharArray();
        try {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(keyStore), password);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot use " + keyStore, e);
        }
    }

    private Path store(String alias) {
        return directory.resolve(alias + ".p12");
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** Makes the files in the directory. */
    private static TestCertificates generate(Path directory) {
        Path all = directory.resolve("all.p12");
        Keytool.generate(all, PASSWORD, CA, "Test authority", "-ext", "bc:c=ca:true");
        Keytool.generate(all, PASSWORD, SERVER, "localhost", "-signer", CA, "-ext", LOCAL_NAMES);
        Keytool.generate(
                all,
                PASSWORD,
                WRONG_HOST,
                "elsewhere.invalid",
                "-signer",
                CA,
                "-ext",
                "san=dns:elsewhere.invalid");
        Keytool.generate(all, PASSWORD, CLIENT, "test client", "-signer", CA);
        Keytool.generate(all, PASSWORD, UNTRUSTED, "localhost", "-ext", LOCAL_NAMES);
        TestCertificates certificates = new TestCertificates(directory);
        try {
            certificates.split(load(all));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot write the test certificates.", e);
        }
        return certificates;
    }

    private void split(KeyStore all) throws GeneralSecurityException, IOException {
        KeyStore trust = emptyStore();
        trust.setCertificateEntry(CA, all.getCertificate(CA));
        save(trust, trustStore());
        char[] password = PASSWORD.toCharArray();
        for (String alias : new String[] {SERVER, WRONG_HOST, CLIENT, UNTRUSTED}) {
            KeyStore one = emptyStore();
            Key key = all.getKey(alias, password);
            one.setKeyEntry(alias, key, password, all.getCertificateChain(alias));
            save(one, store(alias));
        }
        writePem(caCertificatePem(), "CERTIFICATE", certificate(all, CA));
        writePem(serverCertificatePem(), "CERTIFICATE", certificate(all, SERVER));
        writePem(serverKeyPem(), "PRIVATE KEY", all.getKey(SERVER, password).getEncoded());
    }

    private static byte[] certificate(KeyStore store, String alias)
            throws GeneralSecurityException {
        Certificate certificate = store.getCertificate(alias);
        return certificate.getEncoded();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void save(KeyStore store, Path file)
            throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private static void writePem(Path file, String kind, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
    }

    /** Made once, for it takes seconds. */
    private static final class Shared {
        private static final TestCertificates INSTANCE =
                generate(TempDirectories.createUntilExit("amps-certificates-"));
    }
}
