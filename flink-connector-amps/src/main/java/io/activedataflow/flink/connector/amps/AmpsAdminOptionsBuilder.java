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

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Builds {@link AmpsAdminOptions}; begin with {@link AmpsAdminOptions#urls}. */
@PublicEvolving
public final class AmpsAdminOptionsBuilder {

    /** The default of {@link #setTimeout}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    final List<String> urls = new ArrayList<>();
    Duration timeout = DEFAULT_TIMEOUT;

    private AmpsCredentialsProvider credentialsProvider;
    private AmpsTlsOptions tls;

    AmpsAdminOptionsBuilder(List<String> urls) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "No administration URL is given. Name at least one, for example"
                            + " http://amps1.example.com:8085.");
        }
        for (String url : urls) {
            this.urls.add(normalized(this.urls.size() + 1, url));
        }
    }

    /** Where user and password come from at run time; asked for each request. Default: none. */
    public AmpsAdminOptionsBuilder setCredentialsProvider(AmpsCredentialsProvider provider) {
        this.credentialsProvider = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /** How {@code https} is encrypted. Default: {@link AmpsTlsOptions#defaults()}. */
    public AmpsAdminOptionsBuilder setTls(AmpsTlsOptions tls) {
        this.tls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    /** How long connecting may take, and how long an answer. Default 5 s. */
    public AmpsAdminOptionsBuilder setTimeout(Duration timeout) {
        this.timeout = Timeouts.check("timeout of the administration interface", timeout);
        return this;
    }

    /**
     * @throws IllegalStateException if TLS is set and not used
     */
    public AmpsAdminOptions build() {
        if (tls != null && !isEncrypted()) {
            throw new IllegalStateException(
                    "TLS is set for the administration interface, but no URL begins with https: "
                            + urls
                            + ". Write https, or remove setTls.");
        }
        return new AmpsAdminOptions(this);
    }

    AmpsCredentialsProvider effectiveCredentialsProvider() {
        return credentialsProvider != null
                ? credentialsProvider
                : AmpsCredentialsProvider.fixed(AmpsCredentials.NONE);
    }

    AmpsTlsOptions effectiveTls() {
        return isEncrypted() && tls == null ? AmpsTlsOptions.defaults() : tls;
    }

    private boolean isEncrypted() {
        return urls.stream().anyMatch(url -> url.startsWith("https:"));
    }

    private static String normalized(int position, String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // Neither the exception nor its message may go on: they repeat the text.
            throw invalid(position, e.getReason() + " at index " + e.getIndex());
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        if (!https && !"http".equalsIgnoreCase(uri.getScheme())) {
            throw invalid(position, "it begins neither with http nor with https");
        }
        if (uri.getHost() == null) {
            throw invalid(position, "it has no host, or one with characters that are not allowed");
        }
        if (uri.getRawUserInfo() != null) {
            throw invalid(position, "it holds a user; use setCredentialsProvider");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid(position, "it has parameters or a fragment");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        if (path.endsWith("/amps") || path.contains("/amps/")) {
            throw invalid(position, "its path reaches into the interface; leave out '/amps...'");
        }
        return (https ? "https://" : "http://") + uri.getRawAuthority() + path;
    }

    private static IllegalArgumentException invalid(int position, String why) {
        return new IllegalArgumentException(
                "Administration URL "
                        + position
                        + " of the list cannot be used: "
                        + why
                        + ". Write it as http://host:port or https://host:port. (It is not repeated"
                        + " here, as it may hold a password.)");
    }
}
