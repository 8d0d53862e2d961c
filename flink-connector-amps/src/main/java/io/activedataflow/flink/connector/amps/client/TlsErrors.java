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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;
import javax.net.ssl.SSLException;

import java.io.EOFException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;

/** Says which failures of TLS will not pass by themselves, and what to do about them. Pure. */
@Internal
final class TlsErrors {

    private TlsErrors() {}

    /**
     * The reason as a clause and the remedy as a sentence, or null if this is no failure of TLS or
     * one that may pass.
     */
    @Nullable
    static String fatalReason(@Nullable Throwable cause) {
        CertificateException certificate = Causes.find(cause, CertificateException.class);
        if (certificate != null || Causes.find(cause, CertPathValidatorException.class) != null) {
            return untrusted(certificate);
        }
        SSLException tls = Causes.find(cause, SSLException.class);
        if (tls == null || Causes.find(cause, EOFException.class) != null) {
            return null;
        }
        String message = String.valueOf(tls.getMessage());
        if (message.contains("Unsupported or unrecognized SSL")) {
            return "the server does not answer with TLS. Use tcp (or http) in place of tcps (or"
                    + " https), or the server's TLS port.";
        }
        if (message.contains("alert")) {
            return "the server ended the TLS handshake ("
                    + message
                    + "). If it wants a client certificate, give it one with setKeyStore or"
                    + " setCertificate of AmpsTlsOptions.";
        }
        return null;
    }

    private static String untrusted(@Nullable CertificateException certificate) {
        String detail = certificate == null ? "" : String.valueOf(certificate.getMessage());
        if (detail.contains("No subject alternative")
                || detail.contains("No name matching")
                || detail.contains("Illegal given domain name")) {
            return "the server's certificate does not name this host ("
                    + detail
                    + "). Connect by a name that is in the certificate, or have one issued that"
                    + " names this host; setVerifyHostname(false) of AmpsTlsOptions turns the check"
                    + " off.";
        }
        return "the server's certificate is not trusted ("
                + detail
                + "). Give its authority to setTrustStore or setCaFile of AmpsTlsOptions.";
    }
}
