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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the HTTP administration interface of the servers is, and how to get in. Only read from.
 * Immutable; the text shows no secret.
 *
 * <pre>{@code
 * AmpsAdminOptions.urls("http://amps1.example.com:8085", "http://amps2.example.com:8085").build();
 * }</pre>
 */
@PublicEvolving
public final class AmpsAdminOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> urls;
    private final AmpsCredentialsProvider credentialsProvider;
    private final @Nullable AmpsTlsOptions tls;
    private final Duration timeout;

    AmpsAdminOptions(AmpsAdminOptionsBuilder builder) {
        urls = new ArrayList<>(builder.urls);
        credentialsProvider = builder.effectiveCredentialsProvider();
        tls = builder.effectiveTls();
        timeout = builder.timeout;
    }

    /**
     * The interfaces of one or several servers; one that answers suffices, and they are tried in
     * this order.
     *
     * @param urls each of the form {@code http://host:port} or {@code https://host:port}, as far as
     *     {@code /amps} of the interface's own paths
     * @throws IllegalArgumentException if one is no such URL; the message does not repeat it
     */
    public static AmpsAdminOptionsBuilder urls(String... urls) {
        return new AmpsAdminOptionsBuilder(List.of(urls));
    }

    /** At least one, without user, password and closing slash. */
    public List<String> urls() {
        return List.copyOf(urls);
    }

    /** User and password for HTTP basic authentication; both null for none. */
    public AmpsCredentialsProvider credentialsProvider() {
        return credentialsProvider;
    }

    /** How connections of {@code https} are encrypted; null if there are none. */
    @Nullable
    public AmpsTlsOptions tls() {
        return tls;
    }

    /** How long connecting may take, and how long an answer. */
    public Duration timeout() {
        return timeout;
    }

    @Override
    public String toString() {
        return "AmpsAdminOptions{urls="
                + urls
                + ", credentials="
                + credentialsProvider
                + ", tls="
                + tls
                + ", timeout="
                + timeout
                + '}';
    }
}
