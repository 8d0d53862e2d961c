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

import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/** As {@link AmpsErrors}, for the administration interface. Pure. */
@Internal
final class AdminErrors {

    private AdminErrors() {}

    static AmpsException noAnswer(String url, IOException cause) {
        String tls = TlsErrors.fatalReason(cause);
        return new AmpsException(
                tls == null ? Kind.RETRIABLE : Kind.FATAL,
                "Asking the AMPS administration interface "
                        + url
                        + " failed: "
                        + (tls == null
                                ? cause
                                        + ". Check the URL (http or https) and that the interface"
                                        + " is switched on, if this lasts."
                                : tls),
                cause);
    }

    static AmpsException status(String url, int status) {
        String remedy =
                switch (status) {
                    case 401, 403 ->
                            "Check the user and the password of AmpsAdminOptions, and what they"
                                    + " may see.";
                    default ->
                            status >= 500
                                    ? "See the server's log if this lasts."
                                    : "Check the URL of AmpsAdminOptions.";
                };
        return new AmpsException(
                status >= 500 ? Kind.RETRIABLE : Kind.FATAL,
                "The AMPS administration interface "
                        + url
                        + " answered with HTTP status "
                        + status
                        + ". "
                        + remedy,
                null);
    }

    static AmpsException noInterface(String url) {
        return fatal(
                "There is no AMPS administration interface at "
                        + url
                        + " (HTTP status 404). Check the URL of AmpsAdminOptions.",
                null);
    }

    static AmpsException notJson(String url, IOException cause) {
        return fatal(
                "The answer of the AMPS administration interface "
                        + url
                        + " is not JSON. Check the URL of AmpsAdminOptions.",
                cause);
    }

    static AmpsException tooLong(String url, int maxBytes) {
        return fatal(
                "The answer of the AMPS administration interface "
                        + url
                        + " is longer than "
                        + maxBytes
                        + " bytes. Check the URL of AmpsAdminOptions.",
                null);
    }

    private static AmpsException fatal(String message, Throwable cause) {
        return new AmpsException(Kind.FATAL, message, cause);
    }
}
