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

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.AmpsCredentials;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;
import javax.net.ssl.HttpsURLConnection;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks the HTTP administration interface of a server what it has. Blocks; each call has connections
 * of its own and leaves neither them nor a thread behind, which is why this is not done with the
 * HTTP client of Java 11, whose threads nobody can end before Java 21.
 */
@Internal
public final class AmpsAdminClient {

    private static final String SOW = "/amps/instance/sow.json";
    private static final String QUEUES = "/amps/instance/queues.json";
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private final AmpsAdminOptions options;

    private AmpsAdminClient(AmpsAdminOptions options) {
        this.options = options;
    }

    /**
     * The names of the topics that keep a state of the world, and of the queues. The first
     * interface of the list that answers counts.
     *
     * @param messageType only topics of this type, where the server tells it; null for all
     * @throws AmpsException fatal if the interface does not let this client in or is none;
     *     retriable if none of the list answers
     */
    public static Set<String> topics(AmpsAdminOptions options, @Nullable String messageType) {
        AmpsAdminClient client = new AmpsAdminClient(options);
        AmpsException failure = null;
        for (String url : options.urls()) {
            try {
                return client.topicsOf(url, messageType);
            } catch (AmpsException e) {
                if (!e.isRetriable()) {
                    throw e;
                }
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure;
    }

    private Set<String> topicsOf(String url, @Nullable String messageType) {
        byte[] sow = get(url + SOW);
        byte[] queues = get(url + QUEUES);
        if (sow == null && queues == null) {
            throw AdminErrors.noInterface(url + SOW);
        }
        Set<String> topics = new TreeSet<>();
        addTopics(url + SOW, sow, messageType, topics);
        addTopics(url + QUEUES, queues, messageType, topics);
        return topics;
    }

    private static void addTopics(
            String url, @Nullable byte[] answer, @Nullable String messageType, Set<String> topics) {
        if (answer == null) {
            return;
        }
        try {
            AdminAnswer.addTopics(answer, messageType, topics);
        } catch (IOException e) {
            throw AdminErrors.notJson(url, e);
        }
    }

    /** The answer, or null if there is no such resource. */
    @Nullable
    private byte[] get(String url) {
        HttpURLConnection connection = null;
        try {
            connection = connect(url);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_NOT_FOUND) {
                return null;
            }
            if (status != HttpURLConnection.HTTP_OK) {
                throw AdminErrors.status(url, status);
            }
            try (InputStream body = connection.getInputStream()) {
                byte[] answer = body.readNBytes(MAX_ANSWER_BYTES + 1);
                if (answer.length > MAX_ANSWER_BYTES) {
                    throw AdminErrors.tooLong(url, MAX_ANSWER_BYTES);
                }
                return answer;
            }
        } catch (IOException e) {
            throw AdminErrors.noAnswer(url, e);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private HttpURLConnection connect(String url) throws IOException {
        int timeoutMillis = (int) options.timeout().toMillis();
        HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setUseCaches(false);
        // Another host would be given the credentials.
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("Connection", "close");
        if (connection instanceof HttpsURLConnection encrypted && options.tls() != null) {
            encrypted.setSSLSocketFactory(TlsContexts.create(options.tls()).getSocketFactory());
            if (!options.tls().verifyHostname()) {
                encrypted.setHostnameVerifier((host, session) -> true);
            }
        }
        AmpsCredentials credentials = credentials(url);
        if (credentials.user() != null || credentials.password() != null) {
            connection.setRequestProperty("Authorization", basic(credentials));
        }
        return connection;
    }

    private AmpsCredentials credentials(String url) {
        try {
            return options.credentialsProvider().get();
        } catch (Exception e) {
            throw new AmpsException(
                    Kind.RETRIABLE,
                    "The credentials provider "
                            + options.credentialsProvider()
                            + " has no credentials for the administration interface "
                            + url
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static String basic(AmpsCredentials credentials) {
        String pair = orEmpty(credentials.user()) + ':' + orEmpty(credentials.password());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
