package io.hawser.http;

/// The registered status codes, by name, and their phrases. A status is a number, so that any other is
/// possible.
///
/// Source: RFC 9110 section 15, and the registry of IANA
public final class Status {
    public static final int CONTINUE = 100;
    public static final int SWITCHING_PROTOCOLS = 101;
    public static final int PROCESSING = 102;
    public static final int EARLY_HINTS = 103;
    public static final int OK = 200;
    public static final int CREATED = 201;
    public static final int ACCEPTED = 202;
    public static final int NON_AUTHORITATIVE_INFORMATION = 203;
    public static final int NO_CONTENT = 204;
    public static final int RESET_CONTENT = 205;
    public static final int PARTIAL_CONTENT = 206;
    public static final int MULTI_STATUS = 207;
    public static final int ALREADY_REPORTED = 208;
    public static final int IM_USED = 226;
    public static final int MULTIPLE_CHOICES = 300;
    public static final int MOVED_PERMANENTLY = 301;
    public static final int FOUND = 302;
    public static final int SEE_OTHER = 303;
    public static final int NOT_MODIFIED = 304;
    public static final int USE_PROXY = 305;
    public static final int TEMPORARY_REDIRECT = 307;
    public static final int PERMANENT_REDIRECT = 308;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int METHOD_NOT_ALLOWED = 405;
    public static final int NOT_ACCEPTABLE = 406;
    public static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    public static final int REQUEST_TIMEOUT = 408;
    public static final int CONFLICT = 409;
    public static final int GONE = 410;
    public static final int LENGTH_REQUIRED = 411;
    public static final int PRECONDITION_FAILED = 412;
    public static final int CONTENT_TOO_LARGE = 413;
    public static final int URI_TOO_LONG = 414;
    public static final int UNSUPPORTED_MEDIA_TYPE = 415;
    public static final int RANGE_NOT_SATISFIABLE = 416;
    public static final int EXPECTATION_FAILED = 417;
    public static final int MISDIRECTED_REQUEST = 421;
    public static final int UNPROCESSABLE_CONTENT = 422;
    public static final int LOCKED = 423;
    public static final int FAILED_DEPENDENCY = 424;
    public static final int TOO_EARLY = 425;
    public static final int UPGRADE_REQUIRED = 426;
    public static final int PRECONDITION_REQUIRED = 428;
    public static final int TOO_MANY_REQUESTS = 429;
    public static final int REQUEST_HEADER_FIELDS_TOO_LARGE = 431;
    public static final int UNAVAILABLE_FOR_LEGAL_REASONS = 451;
    public static final int INTERNAL_SERVER_ERROR = 500;
    public static final int NOT_IMPLEMENTED = 501;
    public static final int BAD_GATEWAY = 502;
    public static final int SERVICE_UNAVAILABLE = 503;
    public static final int GATEWAY_TIMEOUT = 504;
    public static final int HTTP_VERSION_NOT_SUPPORTED = 505;
    public static final int VARIANT_ALSO_NEGOTIATES = 506;
    public static final int INSUFFICIENT_STORAGE = 507;
    public static final int LOOP_DETECTED = 508;
    public static final int NOT_EXTENDED = 510;
    public static final int NETWORK_AUTHENTICATION_REQUIRED = 511;

    private static final String[] PHRASES = new String[600];

    static {
        PHRASES[CONTINUE] = "Continue";
        PHRASES[SWITCHING_PROTOCOLS] = "Switching Protocols";
        PHRASES[PROCESSING] = "Processing";
        PHRASES[EARLY_HINTS] = "Early Hints";
        PHRASES[OK] = "OK";
        PHRASES[CREATED] = "Created";
        PHRASES[ACCEPTED] = "Accepted";
        PHRASES[NON_AUTHORITATIVE_INFORMATION] = "Non-Authoritative Information";
        PHRASES[NO_CONTENT] = "No Content";
        PHRASES[RESET_CONTENT] = "Reset Content";
        PHRASES[PARTIAL_CONTENT] = "Partial Content";
        PHRASES[MULTI_STATUS] = "Multi-Status";
        PHRASES[ALREADY_REPORTED] = "Already Reported";
        PHRASES[IM_USED] = "IM Used";
        PHRASES[MULTIPLE_CHOICES] = "Multiple Choices";
        PHRASES[MOVED_PERMANENTLY] = "Moved Permanently";
        PHRASES[FOUND] = "Found";
        PHRASES[SEE_OTHER] = "See Other";
        PHRASES[NOT_MODIFIED] = "Not Modified";
        PHRASES[USE_PROXY] = "Use Proxy";
        PHRASES[TEMPORARY_REDIRECT] = "Temporary Redirect";
        PHRASES[PERMANENT_REDIRECT] = "Permanent Redirect";
        PHRASES[BAD_REQUEST] = "Bad Request";
        PHRASES[UNAUTHORIZED] = "Unauthorized";
        PHRASES[FORBIDDEN] = "Forbidden";
        PHRASES[NOT_FOUND] = "Not Found";
        PHRASES[METHOD_NOT_ALLOWED] = "Method Not Allowed";
        PHRASES[NOT_ACCEPTABLE] = "Not Acceptable";
        PHRASES[PROXY_AUTHENTICATION_REQUIRED] = "Proxy Authentication Required";
        PHRASES[REQUEST_TIMEOUT] = "Request Timeout";
        PHRASES[CONFLICT] = "Conflict";
        PHRASES[GONE] = "Gone";
        PHRASES[LENGTH_REQUIRED] = "Length Required";
        PHRASES[PRECONDITION_FAILED] = "Precondition Failed";
        PHRASES[CONTENT_TOO_LARGE] = "Content Too Large";
        PHRASES[URI_TOO_LONG] = "URI Too Long";
        PHRASES[UNSUPPORTED_MEDIA_TYPE] = "Unsupported Media Type";
        PHRASES[RANGE_NOT_SATISFIABLE] = "Range Not Satisfiable";
        PHRASES[EXPECTATION_FAILED] = "Expectation Failed";
        PHRASES[MISDIRECTED_REQUEST] = "Misdirected Request";
        PHRASES[UNPROCESSABLE_CONTENT] = "Unprocessable Content";
        PHRASES[LOCKED] = "Locked";
        PHRASES[FAILED_DEPENDENCY] = "Failed Dependency";
        PHRASES[TOO_EARLY] = "Too Early";
        PHRASES[UPGRADE_REQUIRED] = "Upgrade Required";
        PHRASES[PRECONDITION_REQUIRED] = "Precondition Required";
        PHRASES[TOO_MANY_REQUESTS] = "Too Many Requests";
        PHRASES[REQUEST_HEADER_FIELDS_TOO_LARGE] = "Request Header Fields Too Large";
        PHRASES[UNAVAILABLE_FOR_LEGAL_REASONS] = "Unavailable For Legal Reasons";
        PHRASES[INTERNAL_SERVER_ERROR] = "Internal Server Error";
        PHRASES[NOT_IMPLEMENTED] = "Not Implemented";
        PHRASES[BAD_GATEWAY] = "Bad Gateway";
        PHRASES[SERVICE_UNAVAILABLE] = "Service Unavailable";
        PHRASES[GATEWAY_TIMEOUT] = "Gateway Timeout";
        PHRASES[HTTP_VERSION_NOT_SUPPORTED] = "HTTP Version Not Supported";
        PHRASES[VARIANT_ALSO_NEGOTIATES] = "Variant Also Negotiates";
        PHRASES[INSUFFICIENT_STORAGE] = "Insufficient Storage";
        PHRASES[LOOP_DETECTED] = "Loop Detected";
        PHRASES[NOT_EXTENDED] = "Not Extended";
        PHRASES[NETWORK_AUTHENTICATION_REQUIRED] = "Network Authentication Required";
        for (int status = 100; status < PHRASES.length; status++) {
            if (PHRASES[status] == null) PHRASES[status] = "";
        }
    }

    private Status() {}

    /// The registered phrase, empty where there is none.
    public static String phrase(int status) {
        return status >= 100 && status < PHRASES.length ? PHRASES[status] : "";
    }

    /// 1xx: more is to come.
    public static boolean isInformational(int status) {
        return status / 100 == 1;
    }

    public static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    public static boolean isRedirect(int status) {
        return status / 100 == 3;
    }

    /// 4xx and 5xx.
    public static boolean isError(int status) {
        return status / 100 == 4 || status / 100 == 5;
    }

    /// Whether an answer of this status has no body, whatever its fields say. Source: RFC 9112 section 6.3
    public static boolean isBodiless(int status) {
        return isInformational(status) || status == NO_CONTENT || status == NOT_MODIFIED;
    }
}
